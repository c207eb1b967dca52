"""What the user chooses with the button of a chip: sheets and cells, the encoding of a text, attachments of an e-mail."""
