"""What people read, in their language: English texts as data, and translations beside them.

A translation names the English text that it was made from by a digest. Where the English has changed since, or where
nobody has translated, English is told: never a blank, never a sentence that no longer says the same.
"""
