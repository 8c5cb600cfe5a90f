"""The languages of exported code, one file each."""
