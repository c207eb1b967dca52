"""What a person has a server do with its models: copy, delete, load, make new ones. On the page of models, in menus and dialogs."""
