import Foundation

/// Runs `body` with the path of an empty folder that is gone afterwards.
func withScratchFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("moonwire-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let outcome: Swift.Result<Result, any Error>
    do {
        outcome = .success(try await body(folder.path))
    } catch {
        outcome = .failure(error)
    }
    try FileManager.default.removeItem(at: folder)
    return try outcome.get()
}
