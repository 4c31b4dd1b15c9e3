"""For people who live in Word, Excel and Kobo: workbooks, question slips and field forms, out and back in."""
