"""統合宛名 — the room that numbers every person once across the city's affairs, and holds basic items only. 番号法第9条, 第19条第8号; S4-01…S4-07."""
