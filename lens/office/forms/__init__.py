"""Field forms: the questions of a case as an XLSForm for KoboToolbox or ODK, and what comes back as answers.

A form asks for roles, never for names; it holds no field that reads the device, the place or the clock of whoever
fills it in.
"""
