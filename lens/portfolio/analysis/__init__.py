"""What a finished run comes to, as tables: what could be judged first, then classes, then money."""
