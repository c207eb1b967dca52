"""Servers: adding, editing, testing, secrets, the models they list, and the connection doctor.

Open first:

- `services/servers.py`: the servers that the user set up
- `services/connections.py`: requests to servers
- `services/doctor/doctor.py`: finds out why a server cannot be used
- `ui/cards/servers_section.py`: the settings section
- `ui/form/server_form.py`: the form
"""
