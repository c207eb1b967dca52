"""Actions on messages and blocks: menus, copying, editing."""
