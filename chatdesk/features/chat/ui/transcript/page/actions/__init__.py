"""What can be done with messages and blocks: menus, copying, editing."""
