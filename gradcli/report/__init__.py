"""How results look: one file for each form, all printing the same structures (`Result` and `Trace`)."""
