"""Small files: settings, servers, attachments."""
