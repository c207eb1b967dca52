"""The models in a repository of a hub: which of its files belong together, and which build suits a machine.

A build is a model in one quantisation. Large ones are split into parts that are useless one by one; a projector, which makes a model see
pictures, is a separate file for all builds.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.hubs import PROJECTOR_NAME, HubFile

_SUFFIX = ".gguf"
_PART = re.compile(r"(?P<name>.+)-(?P<part>\d{5})-of-(?P<parts>\d{5})\.gguf", re.IGNORECASE)
_MAX_PARTS = 200
_MAX_FILES = 1000
"""Model files of a repository that are looked at; the largest ones have 300."""
_NOT_MODELS = re.compile(r"imatrix|(?:^|[-_.])(?:mtp|eagle3|dflash|dspark|draft|lora|vocab)(?=[-_.])", re.IGNORECASE)
"""Parts of the names of files that are no models: measurements for quantising, drafts of answers, adapters."""
_QUANTIZATION = re.compile(
    r"(?<![A-Za-z0-9])(?P<label>(?:UD-)?(?:I?Q[1-8](?:_[A-Z0-9]+)*|TQ[12]_0|MXFP4(?:_MOE)?|NVFP4|BF16|F16|F32|FP16))(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_TRAINED_FOR_4_BITS = re.compile(r"(?<![a-z])qat(?![a-z])", re.IGNORECASE)
_PREFERRED = (
    "UD-Q4_K_XL", "Q4_K_M", "MXFP4", "MXFP4_MOE", "Q4_K_L", "Q4_K_S", "IQ4_NL", "Q4_1", "Q4_0", "Q5_K_M", "Q5_K_S", "Q6_K",
    "Q5_K_L", "Q6_K_L", "UD-Q5_K_XL", "UD-Q6_K_XL", "Q5_0", "Q5_1", "Q8_0", "UD-Q8_K_XL",
)  # fmt: skip
"""Best first, of those that lose little: with 4 bits a model answers nearly as well as with 16, and is 4 times as fast."""
_LOSSY = ("IQ4_XS", "UD-Q3_K_XL", "Q3_K_L", "Q3_K_M", "UD-IQ3_XXS", "IQ3_M", "Q3_K_S", "IQ3_S", "IQ3_XS", "IQ3_XXS")
"""For a machine with too little memory for better ones, with a warning. With fewer bits, answers are often wrong."""
_UNQUANTIZED = ("BF16", "F16", "FP16", "F32")


@dataclass(frozen=True, slots=True)
class HubBuild:
    """A build. `files` are all its parts in order."""

    quantization: str
    """As in the names of the files, in upper case; empty if they do not say."""
    files: tuple[HubFile, ...]
    projector: HubFile | None = None

    @property
    def size(self) -> int:
        """Size of the model in bytes, without its projector."""
        return sum(file.size for file in self.files)

    @property
    def download_size(self) -> int:
        """Bytes to download."""
        return self.size + (self.projector.size if self.projector else 0)

    @property
    def is_lossy(self) -> bool:
        """Whether it answers noticeably worse than the model it was made of."""
        return self.quantization in _LOSSY or bool(re.match(r"(UD-)?I?Q[12]|TQ", self.quantization))


def builds_in(files: Iterable[HubFile]) -> tuple[HubBuild, ...]:
    """Return the builds in a repository, smallest first. Split ones with missing parts are left out."""
    single: list[tuple[str, tuple[HubFile, ...]]] = []
    split: dict[tuple[str, int], dict[int, HubFile]] = defaultdict(dict)
    projectors = []
    models = (file for file in files if file.size and file.path.lower().endswith(_SUFFIX))
    for file in islice(models, _MAX_FILES):
        name = file.path.rpartition("/")[2]
        if _NOT_MODELS.search(name):
            continue
        if PROJECTOR_NAME in name.lower():
            projectors.append(file)
        elif part := _PART.fullmatch(file.path):
            split[part["name"], int(part["parts"])][int(part["part"])] = file
        else:
            single.append((file.path, (file,)))
    for (name, count), parts in split.items():
        if 1 <= count <= _MAX_PARTS and sorted(parts) == list(range(1, count + 1)):
            single.append((name, tuple(parts[number] for number in sorted(parts))))
    builds = (HubBuild(_quantization_of(name), parts, _projector_for(name, projectors)) for name, parts in single)
    return tuple(sorted(builds, key=lambda build: (build.size, build.quantization)))


def choose_build(builds: Sequence[HubBuild], fits: Callable[[HubBuild], bool]) -> HubBuild | None:
    """Return the build to suggest: the best that fits into memory, or the most usual one if none does. None if there is none.

    `fits` returns whether a build fits into the memory of the machine.
    """
    ranked = sorted(builds, key=_rank)
    acceptable = [build for build in ranked if not build.is_lossy]
    warned = [build for build in ranked if build.quantization in _LOSSY]
    return next(filter(fits, (*acceptable, *warned)), next(iter((*acceptable, *warned, *ranked)), None))


def _rank(build: HubBuild) -> tuple[int, int]:
    order = (*_PREFERRED, "", *_UNQUANTIZED, *_LOSSY)
    name = build.files[0].path
    if build.quantization == "Q4_0" and _TRAINED_FOR_4_BITS.search(name):
        return 0, build.size
    known = build.quantization in order
    return order.index(build.quantization) if known else order.index("") if not build.is_lossy else len(
        order
    ), build.size


def _quantization_of(path: str) -> str:
    """Return the quantisation that a path names: in the file name, or else in its folder, as in `BF16/model-00001-of-00002.gguf`."""
    for name in reversed(path.split("/")):
        found = list(_QUANTIZATION.finditer(name.removesuffix(_SUFFIX)))
        if found:
            return found[-1]["label"].upper()
    return ""


def _projector_for(path: str, projectors: Sequence[HubFile]) -> HubFile | None:
    """Return the projector to download with a build: in its folder or above, F16 before others, as engines support it best."""
    near = [file for file in projectors if path.startswith(file.path.rpartition("/")[0])]
    return min(near, key=lambda file: (-file.path.count("/"), *_projector_rank(file)), default=None)


def _projector_rank(file: HubFile) -> tuple[int, int]:
    order = ("F16", "FP16", "BF16", "Q8_0", "F32", "")
    label = _quantization_of(file.path)
    return order.index(label) if label in order else len(order), file.size
