"""What Chatdesk can do, one folder per feature. Which ones there are and how they are put together: `app/composition.py`."""
