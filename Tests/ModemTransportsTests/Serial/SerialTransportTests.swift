import CTerminal
import Foundation
import ModemSession
import ModemTransports
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SerialTransportTests {
    @Test("A port that is open already is busy, and the error names who has it")
    func busyInProcess() async throws {
        try await withPort { path, options in
            try await SerialTransport(path: path, options: options).withRecordedLine { _ in
                let error = await #expect(throws: TransportError.self) {
                    try await SerialTransport(path: path, options: options).withRecordedLine { _ in }
                }
                #expect(error?.code == .busy)
                #expect(error?.holder?.pid == getpid())
                #expect(error?.holder?.program != nil)
                #expect(error?.holder?.since != nil)
            }
        }
    }

    @Test("A terminal has no control lines: setting one is an error that says so")
    func noControlLines() async throws {
        try await withPort { path, options in
            var options = options
            options.dtr = .on
            let error = await #expect(throws: TransportError.self) {
                try await SerialTransport(path: path, options: options).withRecordedLine { _ in }
            }
            #expect(error?.code == .unsuitable)
            #expect(error?.message.contains("no DTR and RTS lines") == true)
        }
    }

    @Test("Another program's flock keeps a port; when it is killed the port opens")
    func busyElsewhere() async throws {
        try await withPort { path, options in
            let holder = Process()
            holder.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
            // The device itself is the lock's file; `echo` tells when it is held.
            holder.arguments = ["--exclusive", path, "sh", "-c", "echo held; exec cat"]
            let output = Pipe()
            let input = Pipe()
            holder.standardOutput = output
            holder.standardInput = input
            try holder.run()
            #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))
            let error = await #expect(throws: TransportError.self) {
                try await SerialTransport(path: path, options: options).withRecordedLine { _ in }
            }
            #expect(error?.code == .busy)
            #expect(error?.holder?.pid == holder.processIdentifier)
            #expect(error?.message.contains("flock") == true, "\(String(describing: error))")
            // `cat` has inherited the lock and ends with its input.
            try input.fileHandleForWriting.close()
            holder.waitUntilExit()
            try await SerialTransport(path: path, options: options).withRecordedLine { _ in }
        }
    }

    @Test("A lock file of a living process keeps a port, one of a dead process does not")
    func lockFiles() async throws {
        try await withPort { path, options in
            let folder = try #require(options.lockFolder)
            let device = try FileManager.default.destinationOfSymbolicLink(atPath: path)
            let name = "\(folder)/LCK..\(device.dropFirst("/dev/".count).replacingOccurrences(of: "/", with: "_"))"
            try "         1 init\n".write(toFile: name, atomically: true, encoding: .utf8)
            let error = await #expect(throws: TransportError.self) {
                try await SerialTransport(path: path, options: options).withRecordedLine { _ in }
            }
            #expect(error?.code == .busy)
            #expect(error?.holder?.pid == 1)

            try "\(try deadProcess())\n".write(toFile: name, atomically: true, encoding: .utf8)
            try await SerialTransport(path: path, options: options).withRecordedLine { _ in
                let text = try String(contentsOfFile: name, encoding: .utf8)
                #expect(text.hasPrefix(String(repeating: " ", count: 10 - "\(getpid())".count) + "\(getpid()) "))
            }
            #expect(!FileManager.default.fileExists(atPath: name))
        }
    }

    @Test(
        "A lock file of a killed process that nobody has waited for, or of a later one with its number, keeps no port"
    )
    func lockFilesOfFormerProcesses() async throws {
        try await withPort { path, options in
            let folder = try #require(options.lockFolder)
            let device = try FileManager.default.destinationOfSymbolicLink(atPath: path)
            let name = "\(folder)/LCK..\(device.dropFirst("/dev/".count).replacingOccurrences(of: "/", with: "_"))"
            var ended: pid_t = 0
            var words: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
            #expect(posix_spawnp(&ended, "true", nil, nil, &words, environ) == 0)
            free(words[0])
            var information = siginfo_t()
            // It has ended and keeps its number until it is asked again.
            #expect(waitid(P_PID, id_t(ended), &information, WEXITED | WNOWAIT) == 0)
            try "\(ended)\n".write(toFile: name, atomically: true, encoding: .utf8)
            try await SerialTransport(path: path, options: options).withRecordedLine { _ in }
            var status: Int32 = 0
            #expect(waitpid(ended, &status, 0) == ended)

            try "\(getppid())\n".write(toFile: name, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 0)],
                ofItemAtPath: name
            )
            try await SerialTransport(path: path, options: options).withRecordedLine { _ in }
        }
    }

    @Test("A program that is killed keeps nobody off a pseudo terminal whose other end is still served")
    func killedHolderOfATerminal() async throws {
        try await withPort { path, options in
            let descriptor = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK)
            defer { close(descriptor) }
            try await SerialTransport(path: path, options: options).withRecordedLine { _ in
                var exclusive: Int32 = -1
                // TIOCGEXCL.
                #expect(ioctl(descriptor, 0x8004_5440, &exclusive) == 0)
                #expect(exclusive == 0)
            }
        }
    }

    @Test("The port's settings are put back when the line is closed, but for HUPCL")
    func settingsRestored() async throws {
        try await withPort { path, options in
            let descriptor = open(path, O_RDWR | O_NOCTTY)
            defer { close(descriptor) }
            var settings = termios()
            #expect(tcgetattr(descriptor, &settings) == 0)
            settings.c_lflag |= tcflag_t(ICANON)
            settings.c_cflag |= tcflag_t(HUPCL)
            #expect(tcsetattr(descriptor, TCSANOW, &settings) == 0)
            try await SerialTransport(path: path, options: options).withRecordedLine { _ in
                var inside = termios()
                #expect(tcgetattr(descriptor, &inside) == 0)
                #expect(inside.c_lflag & tcflag_t(ICANON) == 0)
                #expect(inside.c_cflag & tcflag_t(HUPCL) == 0)
            }
            var after = termios()
            #expect(tcgetattr(descriptor, &after) == 0)
            #expect(after.c_lflag & tcflag_t(ICANON) != 0)
            #expect(after.c_cflag & tcflag_t(HUPCL) == 0)
        }
    }

    @Test("Any rate is set, custom ones included", arguments: [9600, 115_200, 250_000, 921_600, 3_456_789])
    func rates(baud: Int) async throws {
        try await withPort { path, options in
            var options = options
            options.baud = baud
            try await SerialTransport(path: path, options: options).withRecordedLine { _ in
                let descriptor = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK)
                defer { close(descriptor) }
                var speed: UInt32 = 0
                #expect(cterminal_speed(descriptor, &speed) == 0)
                #expect(speed == UInt32(baud))
            }
        }
    }

    @Test("What is no serial port is refused with a reason")
    func unsuitable() async throws {
        try await withScratchFolder { folder in
            let file = "\(folder)/file"
            try "text".write(toFile: file, atomically: true, encoding: .utf8)
            for (path, code) in [(file, TransportError.Code.unsuitable), ("\(folder)/none", .notFound)] {
                let error = await #expect(throws: TransportError.self) {
                    try await SerialTransport(path: path).withRecordedLine { _ in }
                }
                #expect(error?.code == code)
                #expect(error?.port == path)
            }
        }
    }

    @Test("A link that is no link is left alone; a link of ours is gone with the module")
    func links() async throws {
        try await withScratchFolder { folder in
            let file = "\(folder)/modem0"
            try "text".write(toFile: file, atomically: true, encoding: .utf8)
            let error = await #expect(throws: TransportError.self) {
                try await PtyModule.withModule(link: file) { _ in }
            }
            #expect(error?.code == .unsuitable)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "text")
            try await PtyModule.withModule(link: "\(folder)/modem1") { module in
                let target = try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/modem1")
                let device = try await module.device()
                #expect(target == device)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["modem0"])
        }
    }

    private func withPort(_ body: (String, SerialOptions) async throws -> Void) async throws {
        try await withScratchFolder { folder in
            try await PtyModule.withModule(link: "\(folder)/modem0") { _ in
                try await body("\(folder)/modem0", SerialOptions(lockFolder: folder))
            }
        }
    }

    /// The number of a process that has ended.
    private func deadProcess() throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/true")
        try process.run()
        process.waitUntilExit()
        return process.processIdentifier
    }
}
