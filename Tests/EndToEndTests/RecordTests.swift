import Foundation
import Subprocess
import Testing

/// A run leaves `result.json` however it ends: nothing is untraceable.
@Suite(.serialized) struct RecordTests {
    /// `result.json` in the folder of the only run.
    private static func result(ofRunIn folder: TemporaryFolder) throws -> [String: Any] {
        try #require(try Records.all(in: folder).first)
    }

    @Test func `a run that gets no modem says why in its records`() async throws {
        try await TemporaryFolder.with { folder in
            let script = try folder.file("t.lua", "print('never')")
            let copy = folder.path + "/copy.json"
            let arguments = ["-p", "/dev/ttyNOSUCH7", "--result", copy, "--junit", folder.path + "/junit.xml"]
            let outcome = try await Moonwire.run(["run"] + arguments + [script], in: folder)
            #expect(outcome.status == 4, "\(outcome)")
            for result in [try Self.result(ofRunIn: folder), try Records.result(copy)] {
                #expect(result["exit"] as? Int == 4, "\(result)")
                #expect(result["outcome"] as? String == "ERROR", "\(result)")
                #expect((result["reason"] as? String)?.contains("/dev/ttyNOSUCH7") == true, "\(result)")
                #expect(result["port"] as? String == "/dev/ttyNOSUCH7", "\(result)")
                #expect(result["script"] as? String == "t.lua", "\(result)")
            }
            let junit = try String(contentsOfFile: folder.path + "/junit.xml", encoding: .utf8)
            #expect(junit.contains("errors=\"1\"") && junit.contains("/dev/ttyNOSUCH7"), "\(junit)")
        }
    }

    /// The program in the place of mosquitto sends them: it never becomes a broker.
    @Test(arguments: InterruptTests.signals)
    func `two signals end a run whose broker does not come`(_ signal: Int32, _ status: Int32) async throws {
        try await TemporaryFolder.with { folder in
            let script = try folder.file("t.lua", "print('never')")
            try await folder.program(
                "mosquitto",
                """
                #!/bin/sh
                run=$(ps -o ppid= -p $PPID)
                while kill -\(signal) $run; do sleep 0.3; done 2>/dev/null
                """
            )
            let path = folder.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
            let outcome = try await Moonwire.run(["run", script], environment: ["PATH": .init(path)], in: folder)
            #expect(outcome.status == status, "\(outcome)")
            #expect(outcome.errors.contains("interrupted before the script began"), "\(outcome)")
            let result = try Self.result(ofRunIn: folder)
            #expect(result["exit"] as? Int == Int(status), "\(result)")
            #expect(result["outcome"] as? String == "ABORTED", "\(result)")
        }
    }

    @Test func `a record that cannot be written keeps neither the others nor the verdict back`() async throws {
        try await TemporaryFolder.with { folder in
            let script = try folder.file("t.lua", "check(false, 'no good')")
            let arguments = ["--result", folder.path + "/nowhere/copy.json", "--junit", folder.path + "/junit.xml"]
            let outcome = try await Moonwire.run(["run"] + arguments + [script], in: folder)
            #expect(outcome.status == 2, "\(outcome)")
            #expect(outcome.errors.contains("/nowhere/copy.json"), "\(outcome)")
            #expect(outcome.output.contains("FAIL t.lua"), "\(outcome)")
            #expect(try Self.result(ofRunIn: folder)["outcome"] as? String == "FAIL")
            #expect(try String(contentsOfFile: folder.path + "/junit.xml", encoding: .utf8).contains("no good"))
        }
    }

    @Test func `the last resort leaves its records beside a disk that does not answer`() async throws {
        try await TemporaryFolder.with { folder in
            let library = try await Interposer.library(
                "#include <unistd.h>\nint fsync(int file) { for (;;) pause(); }",
                in: folder
            )
            let script = try folder.file("t.lua", "while true do print(('x'):rep(10000)) end")
            let copy = folder.path + "/copy.json"
            let end = try Child.run(
                ["run", "--result", copy, "--timeout", "0.3", "--grace", "0.2", script],
                in: folder,
                environment: ["LD_PRELOAD": library],
                output: .pipeNobodyReads
            )
            #expect(end.status == 6, "\(end)")
            for result in [try Self.result(ofRunIn: folder), try Records.result(copy)] {
                #expect(result["exit"] as? Int == 6, "\(result)")
                #expect(result["outcome"] as? String == "TIMEOUT", "\(result)")
                #expect(result["script"] as? String == "t.lua", "\(result)")
                #expect(result["blocked_in"] as? String == "print", "\(result)")
                #expect(result["blocked_at"] as? String == "t.lua:1", "\(result)")
                #expect((result["trace"] as? String)?.hasSuffix("/trace.jsonl") == true, "\(result)")
            }
        }
    }

    /// The stack sizes of the threads that a run cannot do without.
    @Test(arguments: ["the Lua VM": 16 << 20, "the watchdog": 512 << 10])
    func `a system that gives no thread ends the run with its records`(_ owner: String, _ stack: Int) async throws {
        try await TemporaryFolder.with { folder in
            let library = try await Interposer.library(Self.withoutThreads(ofStack: stack), in: folder)
            let script = try folder.file("t.lua", "print('never')")
            let outcome = try await Moonwire.run(
                ["run", script],
                environment: ["LD_PRELOAD": .init(library)],
                in: folder
            )
            #expect(outcome.status == 3, "\(outcome)")
            #expect(!outcome.output.contains("never"), "\(outcome)")
            #expect(outcome.errors.contains("error: no thread for \(owner): Resource temporarily"), "\(outcome)")
            #expect(try Self.result(ofRunIn: folder)["exit"] as? Int == 3)
        }
    }

    /// Threads that can be joined; others of this size belong to the simulated module's network.
    private static func withoutThreads(ofStack size: Int) -> String {
        """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <pthread.h>

        typedef int create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

        int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument) {
            size_t size = 0;
            int detached = 0;
            if (attributes != NULL) {
                pthread_attr_getstacksize(attributes, &size);
                pthread_attr_getdetachstate(attributes, &detached);
            }
            if (size == \(size) && detached == PTHREAD_CREATE_JOINABLE) return EAGAIN;
            return ((create *)dlsym(RTLD_NEXT, "pthread_create"))(thread, attributes, body, argument);
        }
        """
    }
}
