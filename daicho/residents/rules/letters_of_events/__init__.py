"""異動の通知書 — which letters an event gives occasion for, to whom each goes, and what it says; pure. 標準仕様 4.0.4, 4.0.5, 4.1.0.3, 4.2.0.1, 4.3.3; decision 0049."""
