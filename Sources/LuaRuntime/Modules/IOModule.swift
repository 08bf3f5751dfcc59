import Glibc

/// `io` within the grants: `open lines close type`, handles that wait. `io.write` is the shim's.
enum IOModule {
    static let module = LuaModule(
        "io",
        "Files in pieces, as Lua's own library has them; everything waits.",
        placement: .required,
        functions: [open, lines, close, type],
        classes: [LuaFile.luaClass]
    )

    private static let open = LuaFunction.waiting(
        "open",
        LuaDocumentation(
            "Opens a file.",
            parameters: [
                .init("name", "string", "Relative to the script's folder, or below a granted one."),
                .init("mode", "string", default: #""r""#, "`r`, `w` or `a`; a `b` behind it changes nothing."),
            ],
            results: [.init("file?", "A handle, or nil, a message and a code."), .init("string?", "The message.")],
            errors: [.init(.denied, "not granted"), .init(.argument, "a mode such as `r+`")],
            example: #"local f, message = io.open("absent.txt") assert(f == nil and message)"#
        )
    ) { call, completion in
        completion.completeBlocking { () throws(LuaFailure) in
            let mode = call.arguments[1].isNil ? "r" : try call.arguments.text(1)
            let purpose: FileAccess.Purpose
            switch mode {
            case "r", "rb": purpose = .reading
            case "w", "wb": purpose = .writing(appending: false)
            case "a", "ab": purpose = .writing(appending: true)
            default: throw call.arguments.failure(1, "a mode is 'r', 'w' or 'a', not '\(mode)'")
            }
            do throws(LuaFailure) {
                return [.object(LuaFile(try OpenFile(try call.arguments.text(0), for: purpose, host: call.host)))]
            } catch {
                guard error.kind == .error, let code = error.code else { throw error }
                return [.nil, .text(error.message), .integer(code)]
            }
        }
        return nil
    }

    private static let lines = LuaFunction.waiting(
        "lines",
        LuaDocumentation(
            "Iterates over the lines of a file, which is closed with the loop.",
            parameters: [.init("name", "string", "As for `io.open`.")],
            results: [.init("fun(): string?", "An iterator for a generic `for`.")],
            errors: [.init(.denied, "not granted"), .init(.error, "absent, or a folder")],
            example: #"assert(not pcall(io.lines, "absent.txt"))"#
        )
    ) { call, completion in
        completion.completeBlocking { () throws(LuaFailure) in
            let file = LuaFile(try OpenFile(try call.arguments.text(0), for: .reading, host: call.host))
            return [.object(file), .nil, .nil, .object(file)]
        }
        return nil
    }

    private static let close = LuaFunction.synchronous(
        "close",
        LuaDocumentation(
            "Closes a file; the same as `f:close()`.",
            parameters: [.init("file", "file", "A handle.")],
            results: [.init("true", "Always.")],
            errors: [.init(.argument, "no file was given")],
            example: "assert(not pcall(io.close, 1))"
        )
    ) { call throws(LuaFailure) in
        try call.arguments.object(0, as: LuaFile.self, name: "file").file.close()
        try call.push(true)
    }

    private static let type = LuaFunction.synchronous(
        "type",
        LuaDocumentation(
            "Tells what a value is.",
            parameters: [.init("value", "any", "Anything.")],
            results: [.init("string?", #""file", "closed file", or nil."#)],
            errors: [],
            example: "assert(io.type(1) == nil)"
        )
    ) { call throws(LuaFailure) in
        guard let file = try call.arguments[0].object(as: LuaFile.self) else {
            try call.push(.nil)
            return
        }
        try call.push(.text(file.file.isOpen ? "file" : "closed file"))
    }
}

/// A handle of `io.open`.
final class LuaFile: LuaObject {
    let file: OpenFile

    init(_ file: OpenFile) {
        self.file = file
    }

    var luaClass: LuaClass { Self.luaClass }

    func luaReleased() {
        file.close()
    }

    static let luaClass = LuaClass(
        "file",
        "An open file.",
        receiver: "f",
        methods: [read, lines, write, seek, flush, close],
        call: next,
        describe: { object in
            guard let file = object as? LuaFile else { return "file" }
            return file.file.isOpen ? "file (\(file.file.name))" : "file (closed)"
        }
    )

    private static func blocking(
        _ name: String,
        _ documentation: LuaDocumentation,
        _ body: @escaping @Sendable (LuaFile, LuaArguments, LuaCall) throws(LuaFailure) -> [LuaValue]
    ) -> LuaFunction {
        .waiting(name, documentation) { call, completion in
            completion.completeBlocking { () throws(LuaFailure) in
                try body(try call.receiver(as: LuaFile.self), call.arguments, call)
            }
            return nil
        }
    }

    private static let read = blocking(
        "read",
        LuaDocumentation(
            "Reads by formats.",
            parameters: [.init("...", "string|integer", #""l" (the default), "L", "n", "a", or a count of bytes."#)],
            results: [.init("string?", "One for each format; nil at the end of the file.")],
            errors: [.init(.closed, "the file is closed"), .init(.argument, "no such format")],
            example: #"local f <close> = io.open("ca.pem"); print(f:read("l"))"#
        )
    ) { file, arguments, _ throws(LuaFailure) in
        var results: [LuaValue] = []
        for index in 0..<max(1, arguments.count) {
            let value = try file.read(arguments, index)
            results.append(value)
            if value.isNil { break }
        }
        return results
    }

    private func read(_ arguments: LuaArguments, _ index: Int) throws(LuaFailure) -> LuaValue {
        if case .integer(let count) = arguments[index] {
            guard (0...4 << 20).contains(count) else { throw arguments.failure(index, "at most 4 MiB at once") }
            return try file.read(Int(count)).map { .string($0) } ?? .nil
        }
        let format = index < arguments.count ? try arguments.text(index) : "l"
        switch format.first == "*" ? String(format.dropFirst()) : format {
        case "l": return try file.readLine(keepingEnd: false).map { .string($0) } ?? .nil
        case "L": return try file.readLine(keepingEnd: true).map { .string($0) } ?? .nil
        case "a": return .string(try file.readAll(limit: 4 << 20))
        case "n":
            guard let line = try file.readLine(keepingEnd: false) else { return .nil }
            let text = String(decoding: line, as: UTF8.self).filter { !$0.isWhitespace }
            return Int64(text).map { .integer($0) } ?? Double(text).map { .number($0) } ?? .nil
        default: throw arguments.failure(index, "invalid format '\(format)'")
        }
    }

    private static let lines = LuaFunction.synchronous(
        "lines",
        LuaDocumentation(
            "Iterates over the lines that are left.",
            results: [.init("fun(): string?", "For a generic `for`.")],
            errors: [.init(.closed, "the file is closed")],
            example: #"local f = io.open("ca.pem"); for line in f:lines() do print(#line) end"#
        )
    ) { call throws(LuaFailure) in
        let file = try call.receiver(as: LuaFile.self)
        guard file.file.isOpen else { throw LuaFailure(.closed, "\(file.file.name) is closed") }
        try call.push(.object(file))
    }

    private static let next = blocking(
        "next line",
        LuaDocumentation(
            "The next line.",
            results: [.init("string?", "Without its end; nil at the end of the file.")],
            errors: [.init(.closed, "the file is closed")],
            example: #"for line in io.lines("ca.pem") do print(#line) end"#
        )
    ) { file, _, _ throws(LuaFailure) in
        [try file.file.readLine(keepingEnd: false).map { .string($0) } ?? .nil]
    }

    private static let write = blocking(
        "write",
        LuaDocumentation(
            "Writes strings and numbers.",
            parameters: [.init("...", "string|number", "What to write.")],
            results: [.init("file", "The handle itself.")],
            errors: [.init(.closed, "the file is closed"), .init(.error, "the disk refuses, or 64 MiB are written")],
            example: #"local f <close> = io.open("out/rssi.txt", "w"); f:write("rssi=", -71, "\n")"#
        )
    ) { file, arguments, _ throws(LuaFailure) in
        for index in 0..<arguments.count {
            switch arguments[index] {
            case .integer, .number: try file.file.write(Array(arguments[index].shown.utf8))
            case .nil, .boolean, .string, .table, .object, .function: try file.file.write(try arguments.bytes(index))
            }
        }
        return [.object(file)]
    }

    private static let seek = blocking(
        "seek",
        LuaDocumentation(
            "Moves within the file.",
            parameters: [
                .init("whence", "string", default: #""cur""#, oneOf: ["set", "cur", "end"], "Where from."),
                .init("offset", "integer", unit: "bytes", default: "0", "From there."),
            ],
            results: [.init("integer", "The place, in bytes from the beginning.")],
            errors: [.init(.closed, "the file is closed"), .init(.argument, "no such whence")],
            example: #"local f <close> = io.open("ca.pem"); local size = f:seek("end")"#
        )
    ) { file, arguments, _ throws(LuaFailure) in
        let whence = arguments[0].isNil ? "cur" : try arguments.text(0)
        let offset = arguments[1].isNil ? 0 : try arguments.integer(1)
        switch whence {
        case "set": return [.integer(try file.file.seek(offset, SEEK_SET))]
        case "cur": return [.integer(try file.file.seek(offset, SEEK_CUR))]
        case "end": return [.integer(try file.file.seek(offset, SEEK_END))]
        default: throw arguments.failure(0, "'set', 'cur' or 'end' expected")
        }
    }

    private static let flush = blocking(
        "flush",
        LuaDocumentation(
            "Does nothing: what was written is with the system.",
            results: [.init("file", "The handle itself.")],
            errors: [],
            example: #"local f <close> = io.open("out/log.txt", "a"); f:write("on\n"):flush()"#
        )
    ) { file, _, _ throws(LuaFailure) in
        [.object(file)]
    }

    private static let close = blocking(
        "close",
        LuaDocumentation(
            "Closes the file; once more is harmless.",
            results: [.init("true", "Always.")],
            errors: [],
            example: #"local f = io.open("ca.pem"); f:close()"#
        )
    ) { file, _, _ throws(LuaFailure) in
        file.file.close()
        return [true]
    }
}
