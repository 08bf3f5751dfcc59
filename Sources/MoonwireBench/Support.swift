import ATProtocol
import Glibc
import ModemTransports

/// A measurement that cannot be made, or whose result is wrong.
struct BenchFailure: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}

/// CLOCK_MONOTONIC in nanoseconds: the clock of all programs of the benchmark.
@inline(__always)
func monotonic() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// Processor time of this thread in nanoseconds: what else runs on the machine does not count.
func processorTime() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

func complain(_ text: String) -> Never {
    let line = Array("\(text)\n".utf8)
    write(STDERR_FILENO, line, line.count)
    exit(1)
}

func contents(of path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else { throw BenchFailure("\(path) cannot be read") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return bytes
}

/// The most memory this process has had resident so far, in KiB.
func peakMemory() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss)
}

extension SerialTransport {
    /// A pseudo terminal: no line rate to set, no lock file to leave.
    convenience init(bench path: String) {
        self.init(path: path, options: SerialOptions(baud: nil, lockFolder: nil))
    }
}
