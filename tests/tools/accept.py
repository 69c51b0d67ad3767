"""accept.py FOLDER: for every .docx in FOLDER, LibreOffice accepts all tracked changes, and rejects all.

Writes NAME.accept.txt and NAME.reject.txt beside it and prints, for each, the name and how many changes there were.
Needs a Python that has LibreOffice's `uno` (Debian: /usr/bin/python3 with libreoffice-writer and python3-uno).
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid

import uno
from com.sun.star.beans import PropertyValue


def value(name, what):
    out = PropertyValue()
    out.Name = name
    out.Value = what
    return out


def connect(pipe, office):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(480):
        try:
            return resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
        except Exception:
            if office.poll() is not None:
                break
            time.sleep(0.25)
    sys.exit("LibreOffice did not start")


def count(document):
    changes, total = document.getRedlines().createEnumeration(), 0
    while changes.hasMoreElements():
        changes.nextElement()
        total += 1
    return total


def main(folder):
    profile = tempfile.mkdtemp()
    pipe = "vedtaegt" + uuid.uuid4().hex[:8]
    office = subprocess.Popen(
        [
            os.environ.get("SOFFICE", "soffice"),
            "-env:UserInstallation=file://" + profile,
            "--headless",
            "--invisible",
            "--norestore",
            "--nologo",
            "--accept=pipe,name=%s;urp;" % pipe,
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        context = connect(pipe, office)
        manager = context.ServiceManager
        desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        helper = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        for name in sorted(n for n in os.listdir(folder) if n.endswith(".docx")):
            path = os.path.abspath(os.path.join(folder, name))
            for mode, command in (("accept", "AcceptAll"), ("reject", "RejectAll")):
                document = desktop.loadComponentFromURL("file://" + path, "_blank", 0, (value("Hidden", True),))
                if mode == "accept":
                    print(name, count(document), flush=True)
                frame = document.getCurrentController().getFrame()
                helper.executeDispatch(frame, ".uno:%sTrackedChanges" % command, "", 0, ())
                if count(document):
                    sys.exit("%s: changes are left after %s" % (name, command))
                target = "file://%s.%s.txt" % (path[: -len(".docx")], mode)
                document.storeToURL(target, (value("FilterName", "Text (encoded)"), value("FilterOptions", "UTF8,LF")))
                document.close(True)
        try:
            desktop.terminate()
        except Exception:
            pass
    finally:
        try:
            office.wait(20)
        except Exception:
            office.kill()
        shutil.rmtree(profile, ignore_errors=True)


main(sys.argv[1])
