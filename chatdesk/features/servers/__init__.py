"""Servers: adding, editing, testing, secrets, the models they list, and the connection doctor.

Open first:

- `services/servers.py`: the servers that the user set up
- `services/connections.py`: requests to servers
- `services/doctor/doctor.py`: finds out why a server cannot be used
- `ui/cards/providers_tab.py`: the tab *Providers* of the models page
- `ui/form/server_form.py`: the form
"""
