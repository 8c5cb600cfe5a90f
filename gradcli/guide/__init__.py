"""The manual: its pages, a folder for each language, and how they are found and shown."""
