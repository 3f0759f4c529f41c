"""統合宛名の規則 — pure: whose number it is, who may ask, what is passed on. S4-01…S4-06."""
