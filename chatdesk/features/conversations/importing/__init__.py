"""Import of chats from files and folders of other programs. All code here is pure parsing of bytes and runs in a separate process.

`programs.py` lists the known programs, one module for each reads its files into the values of `foreign_chat.py`, `run.py` is the entry
point of the process, and `source.py` is the bounded access to what the user chose.
"""
