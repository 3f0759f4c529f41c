"""中間サーバーの規則 — pure: the form of a replica, the permit, who may ask what on which day, and sealing for the asker. 番号法第19条第8号."""
