"""Writes the cask for Homebrew once the disk images of both processors are there: `cask.py FOLDER` writes chatdesk.rb beside them.

CHATDESK_ADDRESS says where they will lie. Read against Homebrew's "Cask Cookbook"; `brew style` and `brew audit` were not run so far.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import product
from property_lists import OLDEST_MACOS

PROCESSORS = ("arm64", "x86_64")
_NAMES = {"13.0": "ventura", "14.0": "sonoma", "15.0": "sequoia", "26.0": "tahoe"}
"""Homebrew's names of macOS."""


def image_name(version: str, processor: str) -> str:
    """Return what the disk image for a processor is called."""
    return f"chatdesk-{version}-macos-{processor}.dmg"


def cask(version: str, address: str, sums: dict[str, str]) -> str:
    """Return the cask. `sums`: checksums of the images by processor."""
    where = product.download(address, "#{version}", image_name("#{version}", "#{arch}"))
    identifier = product.IDENTIFIER
    return f"""\
cask "chatdesk" do
  arch arm: "arm64", intel: "x86_64"

  version "{version}"
  sha256 arm:   "{sums["arm64"]}",
         intel: "{sums["x86_64"]}"

  url "{where}"
  name "{product.NAME}"
  desc "{product.SUMMARY}"
  homepage "{address}"

  livecheck do
    url :url
    strategy :github_latest
  end

  depends_on macos: :{_NAMES[OLDEST_MACOS]}

  app "{product.NAME}.app"
  binary "#{{appdir}}/{product.NAME}.app/Contents/MacOS/chatdesk"

  uninstall quit: "{identifier}"

  zap trash: [
    "~/Library/Application Support/Chatdesk",
    "~/Library/Caches/Chatdesk",
    "~/Library/Logs/Chatdesk",
    "~/Library/Preferences/{identifier}.plist",
    "~/Library/Saved Application State/{identifier}.savedState",
  ]
end
"""


def main() -> None:
    """Write the cask beside the images."""
    folder, version, address = Path(sys.argv[1]), product.version(), product.address()
    if not address:
        sys.exit(f"No cask: {product.ADDRESS_VARIABLE} does not say where the release will lie.")
    images = {processor: folder / image_name(version, processor) for processor in PROCESSORS}
    if absent := [image.name for image in images.values() if not image.is_file()]:
        sys.exit(f"No cask: {', '.join(absent)} missing in {folder}.")
    sums = {processor: hashlib.sha256(image.read_bytes()).hexdigest() for processor, image in images.items()}
    (folder / "chatdesk.rb").write_text(cask(version, address, sums), encoding="utf-8")


if __name__ == "__main__":
    main()
