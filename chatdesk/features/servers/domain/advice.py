"""Advice on what the user can do outside this program: install or update Ollama, start its service, make it listen on the network.

Source: Ollama's docs (linux.mdx, macos.mdx, windows.mdx, faq.mdx). The program only shows these commands; it never runs them.
"""

from chatdesk.features.servers.domain.finding import Remedy, RemedyKind, System

DOWNLOAD_PAGE = "https://ollama.com/download"
_INSTALL = {
    System.LINUX: "curl -fsSL https://ollama.com/install.sh | sh",
    System.MACOS: "brew install ollama",
    System.WINDOWS: "winget install Ollama.Ollama",
}
START_SERVICE = "sudo systemctl start ollama"
SERVE = "ollama serve"
_LISTEN = {
    System.LINUX: (
        "sudo mkdir -p /etc/systemd/system/ollama.service.d && "
        """printf '[Service]\\nEnvironment="OLLAMA_HOST=0.0.0.0"\\n' | """
        "sudo tee /etc/systemd/system/ollama.service.d/host.conf && "
        "sudo systemctl daemon-reload && sudo systemctl restart ollama"
    ),
    System.MACOS: "launchctl setenv OLLAMA_HOST 0.0.0.0",
    System.WINDOWS: "setx OLLAMA_HOST 0.0.0.0",
}


def system_of(platform: str) -> System:
    """Return the system for a `sys.platform`; others count as Linux."""
    return {"darwin": System.MACOS, "win32": System.WINDOWS}.get(platform, System.LINUX)


def install(system: System) -> tuple[Remedy, ...]:
    """Return how to install or update Ollama on a system."""
    page = Remedy(RemedyKind.OPEN_PAGE, DOWNLOAD_PAGE, system=system)
    return page, Remedy(RemedyKind.RUN_COMMAND, _INSTALL[system], system=system)


def listen_to_network() -> tuple[Remedy, ...]:
    """Return how to make Ollama listen on the network, for each system, since the server's system is unknown."""
    return tuple(Remedy(RemedyKind.RUN_COMMAND, command, system=system) for system, command in _LISTEN.items())
