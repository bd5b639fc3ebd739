"""Plain text as people have it in; a script in the language and a report of every guess out."""

from lowtide.script.importing.importer import import_text as import_text
from lowtide.script.importing.outcome import Guess as Guess
from lowtide.script.importing.outcome import Import as Import
from lowtide.script.importing.outcome import Recognised as Recognised
from lowtide.script.importing.outcome import SetAside as SetAside
