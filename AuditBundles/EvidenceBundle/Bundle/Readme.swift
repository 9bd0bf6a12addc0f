// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// `README.txt` of a bundle: what it is, and how to check it with programs that have nothing to do with us.
enum Readme {
    static let text = """
        EVIDENCE BUNDLE

        This folder is evidence about a C program: which of its operations were proved free of undefined
        behaviour, under which assumptions, and the proof itself. It is sealed: one signature covers every file.

        HOW TO CHECK ALL OF IT

            ai-audit verify THIS-FOLDER --trust PUB.pem

        PUB.pem is the public key of whoever made the bundle. Get it from them by another way: a key that came
        along with a bundle proves nothing.

        HOW TO CHECK THE SEAL WITHOUT ai-audit

        In this folder, with a POSIX shell, sed, base64, sha256sum and openssl:

            T=$(mktemp -d)
            sed 's/.*"payload":"\\([^"]*\\)".*/\\1/' attestation.dsse.json | base64 -d > $T/payload
            sed 's/.*"sig":"\\([^"]*\\)".*/\\1/' attestation.dsse.json | base64 -d > $T/sig
            printf 'DSSEv1 28 application/vnd.in-toto+json %d ' $(wc -c < $T/payload) | cat - $T/payload > $T/signed

        The signature, for a P-256 key and for an Ed25519 key:

            openssl dgst -sha256 -verify PUB.pem -signature $T/sig $T/signed
            openssl pkeyutl -verify -pubin -inkey PUB.pem -rawin -in $T/signed -sigfile $T/sig

        The manifest, whose digest was signed, and every file, whose digests the manifest and SHA256SUMS hold:

            echo "$(sed 's/.*"subject":\\[{"digest":{"sha256":"\\([0-9a-f]*\\)"}.*/\\1/' $T/payload)  manifest.json" \\
                | sha256sum --check
            sha256sum --check SHA256SUMS

        WHAT IS IN IT

            manifest.json               every file with size, SHA-256, role and media type
            SHA256SUMS                  the same digests for sha256sum
            attestation.dsse.json       in-toto Statement v1 about manifest.json in a signed DSSE envelope
            obligations.jsonl           everything that must not go wrong, one per line, with its verdict
            assumptions.jsonl           everything proofs rest on without proof, one per line
            executions.json             how many executions were tried, and what the recorded ones reach
            runs/                       recorded executions that satisfy the assumptions, to be replayed
            scope/sources.json          the analysed sources, copied to scope/sources
            scope/compile-commands.json how they were compiled
            scope/toolchain.json        compiler and target
            scope/excluded.json         what was not analysed, and why
            ir/program.air              the program in the intermediate form that the proof is about
            ir/program.txt              the same for people
            certificate/proof.aic       the proof
            config/effective.json       the options in effect
            environment.json            where the analysis ran
            schemas/                    JSON Schemas of the files above

        WHAT THE VERDICTS MEAN

            proved       it never goes wrong, in any execution; the certificate shows it
            unreachable  no execution comes to this place; the certificate shows it
            alarm        not proved: it may go wrong
            error        it goes wrong in every execution that comes to this place

        A proof holds under the assumptions listed with its obligation, and no others. Trusted besides: that the
        intermediate form means what the C source means, and the program that checks the certificate.

        WHAT THE RUNS SHOW

        Contradictory assumptions prove everything. Each file in runs/ is an execution that satisfies them as far as
        it goes and reaches code that the verdicts are about; "ai-audit verify" executes all of them again, step by
        step, and "ai-audit replay THIS-FOLDER --trust PUB.pem --list" names what none of them reaches. Where there
        is no run, nothing here shows that the assumptions can hold together.

        """
}
