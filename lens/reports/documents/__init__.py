"""Documents for people who live in Word and Excel: DOCX, PDF and a risk register, from the same variables as HTML."""
