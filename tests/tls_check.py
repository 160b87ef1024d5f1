#!/usr/bin/env python3
"""Checks that the adapters with TLS speak https to the stand-in recorder, with certificates made here, and refuse what must be refused:
another host's certificate, one that is past its time, one that nobody vouches for.

Usage: tls_check.py RECORDER PROVISION
"""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import checks
import stand_in

ADAPTERS = ["curl_easy", "curl_multi", "beast", "cpp_httplib"]


def openssl(*words):
    done = subprocess.run(["openssl", *map(str, words)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"openssl {words[0]} failed (tools/setup tests):\n{done.stderr}")


class Authority:
    """Makes certificates in a folder."""

    def __init__(self, folder, name):
        self.folder, self.certificate, self.key = folder, folder / f"{name}.pem", folder / f"{name}.key"
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", 2, "-subj", f"/CN={name}", "-out", self.certificate, "-keyout", self.key)

    def issue(self, name, names, days=2):
        """Certificate and key for a server with these names; negative days: past its time."""
        key, request, certificate = (self.folder / f"{name}.{kind}" for kind in ("key", "csr", "pem"))
        extensions = self.folder / f"{name}.ext"
        extensions.write_text(f"subjectAltName={names}\n")
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=recorder", "-out", request, "-keyout", key)
        openssl("x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self.key, "-CAcreateserial", "-days", days,
                "-extfile", extensions, "-out", certificate)
        return "--certificate", str(certificate), "--key", str(key)


def tour(program, server, adapter, authority):
    return checks.run([program, "--server", f"https://127.0.0.1:{server.port}", "--transport", adapter, "--ca", authority.certificate], timeout=120)


def accepted(program, server, adapter, authority):
    status, output = tour(program, server, adapter, authority)
    return None if status == 0 else f"{adapter}: a good certificate is refused:\n{output[-800:]}"


def refused(why):
    def check(program, server, adapter, authority):
        status, output = tour(program, server, adapter, authority)
        if status == 1 and "(it was not sent)" in output and not re.search(r"^  GET .* 200", output, re.M):
            return None
        return f"{adapter}: {why}, and it is not refused before anything is sent:\n{output[-800:]}"
    return check


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recorder")
    parser.add_argument("provision")
    arguments = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        authority, stranger = Authority(folder, "authority"), Authority(folder, "stranger")
        cases = [(authority.issue("good", "IP:127.0.0.1"), authority, accepted),
                 (authority.issue("other_host", "DNS:recorder.example,IP:127.0.0.2"), authority, refused("another host's certificate")),
                 (authority.issue("expired", "IP:127.0.0.1", -1), authority, refused("a certificate past its time")),
                 (authority.issue("untrusted", "IP:127.0.0.1"), stranger, refused("a certificate that nobody vouches for"))]
        for files, trusted, check in cases:
            server = stand_in.Server(arguments.recorder, "--calls", "300", *files)
            results += [check(arguments.provision, server, adapter, trusted) for adapter in ADAPTERS]
            server.stop()
        server = stand_in.Server(arguments.recorder, "--calls", "10", *cases[0][0])
        status, output = tour(arguments.provision, server, "bare_socket", authority)
        results.append(None if status == 1 and "http:// URL" in output else f"bare_socket and https:\n{output[-800:]}")
        server.stop()
    checks.finish("tls", [fault for fault in results if fault], len(results))


main()
