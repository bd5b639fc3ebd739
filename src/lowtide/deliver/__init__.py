"""Samples and timeline in, files out: encoded sound, captions, transcript, cover, picture."""

from lowtide.deliver.captions.base import FORMATS as CAPTION_FORMATS
from lowtide.deliver.captions.srt import srt
from lowtide.deliver.captions.vtt import vtt
from lowtide.deliver.cover import cover, cover_svg
from lowtide.deliver.encode import byte_range, encode, size_of
from lowtide.deliver.encoders.mp3 import Mp3File
from lowtide.deliver.files import check_place, write_file, write_files
from lowtide.deliver.label import Label, Mark, label_of, marks
from lowtide.deliver.picture import picture
from lowtide.deliver.shelf import Shelf
from lowtide.deliver.transcript import timeline_json, transcript

__all__ = [
    "CAPTION_FORMATS",
    "Label",
    "Mark",
    "Mp3File",
    "Shelf",
    "byte_range",
    "check_place",
    "cover",
    "cover_svg",
    "encode",
    "label_of",
    "marks",
    "picture",
    "size_of",
    "srt",
    "timeline_json",
    "transcript",
    "vtt",
    "write_file",
    "write_files",
]
