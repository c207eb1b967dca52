"""Export of chats: the sheet with its preview, and pages for PDF, printing and the preview.

Open first:

- `export_sheet.py`: the sheet
- `page_rows.py`, `page_breaking.py`: a chat as rows, and rows as pages
- `pdf_file.py`: pages as a PDF file or print-out, made in a process of its own (`app/children/pdf_child.py`)
- `printers.py`: the choices for a printer
"""
