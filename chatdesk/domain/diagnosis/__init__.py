"""What the connection doctor says: its checks, what each found, and what mends it. Values only; who checks is `services/doctor.py`."""
