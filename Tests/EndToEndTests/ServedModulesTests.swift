import Glibc
import Subprocess
import Testing

/// Several modules in one `moonwire sim`, their lines and log, and what is left of them.
@Suite struct ServedModulesTests {
    /// Asks at each address for the IMEI, and prints the answers.
    private static let askAll = """
        import socket, sys
        for address in sys.argv[1:]:
            host, port = address.removeprefix("tcp://").split(":")
            with socket.create_connection((host, int(port)), timeout=30) as line:
                line.sendall(b"ATE0;+CGSN\\r")
                answer = b""
                while b"OK\\r\\n" not in answer:
                    answer += line.recv(4096)
                print(answer.split()[1].decode())
        """

    private static func python(_ script: String, _ arguments: [String]) async throws -> String {
        let result = try await Subprocess.run(
            .name("env"),
            arguments: Arguments(["/usr/bin/python3", script] + arguments),
            output: .string(limit: 65_536),
            error: .string(limit: 65_536)
        )
        #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
        return result.standardOutput
    }

    @Test func `several modules have numbered links and IMEIs of their own, and leave nothing behind`() async throws {
        try await TemporaryFolder.with { folder in
            let (first, broker) = (folder.path + "/modem7", FreePort.choose())
            let arguments = ["sim", "--pty", first, "--count", "3", "--broker-port", "\(broker)"]
            let (answers, outcome) = try await Moonwire.whileRunning(arguments, in: folder) { program in
                _ = try await program.line(containing: "3 modules")
                var answers: [String] = []
                for number in 7...9 {
                    let port = folder.path + "/modem\(number)"
                    answers.append(try await Moonwire.run(["at", "-p", port, "AT+CGSN"], in: folder).output)
                }
                program.send(SIGTERM)
                return answers
            }
            for (answer, imei) in zip(answers, ["867584030000018", "867584030000025", "867584030000033"]) {
                #expect(answer.contains(imei), "\(answers)")
                #expect(outcome.output.contains("IMEI \(imei)"))
            }
            #expect(outcome.status == 0, "\(outcome.errors)")
            for number in 7...9 { #expect(access(folder.path + "/modem\(number)", F_OK) != 0) }
            let knock = try await Subprocess.run(
                .name("mosquitto_pub"),
                arguments: ["-p", "\(broker)", "-t", "t", "-n"],
                output: .discarded
            )
            #expect(!knock.terminationStatus.isSuccess, "the broker is still there")
        }
    }

    @Test func `with --json each module is an object with its address`() async throws {
        try await TemporaryFolder.with { folder in
            let script = try folder.file("t.py", Self.askAll)
            let arguments = ["sim", "--tcp", "127.0.0.1:0", "--count", "2", "--json", "--imei", "867584030000042"]
            let (answers, outcome) = try await Moonwire.whileRunning(arguments, in: folder) { program in
                _ = try await program.line(containing: "867584030000058")
                let addresses = program.lines.compactMap { line in
                    line.split(separator: "\"").first { $0.hasPrefix("tcp://") }.map(String.init)
                }
                let answers = try await Self.python(script, addresses)
                program.send(SIGINT)
                return answers
            }
            #expect(answers == "867584030000042\n867584030000058\n")
            #expect(outcome.output.split(separator: "\n").allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
        }
    }

    @Test func `a line with a speed takes its time, and the log holds both directions`() async throws {
        try await TemporaryFolder.with { folder in
            let log = folder.path + "/lines.txt"
            let script = try folder.file(
                "t.py",
                """
                import socket, sys, time
                host, port = sys.argv[1].removeprefix("tcp://").split(":")
                with socket.create_connection((host, int(port)), timeout=30) as line:
                    begun, answer = time.monotonic(), b""
                    line.sendall(b"AT+IPR=?\\r")
                    while not answer.endswith(b"OK\\r\\n"):
                        answer += line.recv(4096)
                    # Ten bits a byte; the last byte arrives when its time begins.
                    print((time.monotonic() - begun) * 1200 / len(answer) > 9)
                """
            )
            let arguments = ["sim", "--tcp", "127.0.0.1:0", "--speed", "1200", "--log", log]
            let (answer, _) = try await Moonwire.whileRunning(arguments, in: folder) { program in
                let line = try await program.line(containing: "tcp://")
                let address = line.split(separator: " ").first { $0.hasPrefix("tcp://") }.map { $0.dropLast() } ?? ""
                let answer = try await Self.python(script, [String(address)])
                program.send(SIGINT)
                return answer
            }
            #expect(answer == "True\n")
            let text = try await Subprocess.run(.name("cat"), arguments: [log], output: .string(limit: 1 << 20))
            #expect(text.standardOutput.contains(" > AT+IPR=?\\r\n"), "\(text.standardOutput)")
            #expect(text.standardOutput.contains(" < "))
        }
    }

    @Test(arguments: [
        (["--count", "0"], Int32(2), "--count 0"), (["--imei", "12"], 2, "15 digits"),
        (["--speed", "17"], 2, "--speed 17"), (["--profile", "nosuch"], 2, "nosuch"),
    ])
    func `what cannot be served is a usage error that says why`(
        options: [String],
        status: Int32,
        words: String
    ) async throws {
        try await TemporaryFolder.with { folder in
            let outcome = try await Moonwire.run(["sim", "--pty", folder.path + "/m"] + options, in: folder)
            #expect(outcome.status == status)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
        }
    }

    @Test func `a state folder belongs to one module at a time`() async throws {
        try await TemporaryFolder.with { folder in
            let state = ["--state", folder.path + "/nv"]
            let (second, _) = try await Moonwire.whileRunning(["sim", "--tcp", "127.0.0.1:0"] + state, in: folder) {
                program in
                _ = try await program.line(containing: "tcp://")
                let second = try await Moonwire.run(["sim", "--tcp", "127.0.0.1:0"] + state, in: folder)
                program.send(SIGINT)
                return second
            }
            #expect(second.status == 5)
            #expect(second.errors.contains("/nv"))
        }
    }

    /// Kills a module again and again while it stores certificates; `sys.argv`: the program, a folder, a seed.
    private static let killer = """
        import json, os, random, signal, socket, subprocess, sys, time
        program, folder, seed = sys.argv[1], sys.argv[2], int(sys.argv[3])
        draw = random.Random(seed)
        # Name to content that was answered with OK; and the change that was under way when the module was killed.
        kept, open_change = {}, None

        def read(line, end):
            answer = b""
            while not answer.endswith(end):
                piece = line.recv(4096)
                if not piece:
                    return None
                answer += piece
            return answer

        def stored():
            files = {}
            for entry in sorted(os.listdir(folder)):
                number, _, name = entry.partition("-")
                if name and not entry.endswith(".new"):
                    with open(f"{folder}/{entry}", "rb") as file:
                        files[bytes.fromhex(name).decode()] = file.read()
            return files

        for turn in range(20):
            module = subprocess.Popen(
                [program, "sim", "--tcp", "127.0.0.1:0", "--broker", "127.0.0.1:1", "--state", folder, "--json"],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            host, port = json.loads(module.stdout.readline())["port"].removeprefix("tcp://").split(":")
            with socket.create_connection((host, int(port)), timeout=60) as line:
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                line.sendall(b"ATE0\\r")
                read(line, b"OK\\r\\n")
                line.sendall(b"AT+CCERTLIST\\r")
                listed = {word.split('"')[1] for word in read(line, b"OK\\r\\n").decode().splitlines() if '"' in word}
                files = stored()
                assert listed == set(files), (seed, turn, listed, sorted(files))
                for name in kept.keys() | files.keys():
                    allowed = [kept.get(name)]
                    if open_change and open_change[0] == name:
                        allowed.append(open_change[1])
                    assert files.get(name) in allowed, (seed, turn, name)
                kept, open_change = files, None

                doomed = draw.randrange(1, 8)
                for number in range(doomed + 1):
                    name = f"file-{draw.randrange(6)}.pem"
                    content = draw.randbytes(draw.choice([1, 100, 4096, 10240]))
                    if name in kept and draw.random() < 0.3:
                        command, content = f'AT+CCERTDELE="{name}"\\r', None
                    else:
                        command = f'AT+CCERTDOWN="{name}",{len(content)}\\r'
                    open_change = (name, content)
                    line.sendall(command.encode())
                    if content is not None:
                        assert read(line, b">")
                        line.sendall(content)
                    if number == doomed:
                        moment = time.perf_counter() + draw.random() * 0.004
                        while time.perf_counter() < moment:
                            pass
                        module.send_signal(signal.SIGKILL)
                    try:
                        answer = read(line, b"OK\\r\\n")
                    except ConnectionError:
                        answer = None
                    if answer:
                        if content is None:
                            kept.pop(name)
                        else:
                            kept[name] = content
                        open_change = None
            module.wait()
            module.stdout.close()
        print("kept")
        """

    @Test(arguments: [1, 2]) func `kill -9 at any moment loses no certificate that was answered with OK`(
        seed: Int
    ) async throws {
        try await TemporaryFolder.with { folder in
            let script = try folder.file("t.py", Self.killer)
            let answer = try await Self.python(script, [Moonwire.path, folder.path + "/nv", "\(seed)"])
            #expect(answer == "kept\n")
        }
    }
}
