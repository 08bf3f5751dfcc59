internal import ArgumentParser

/// How much is said, and in which form.
struct OutputOptions: ParsableArguments {
    @Flag(help: "One JSON object a line on standard output instead of text.")
    var json = false

    @Flag(name: [.short, .long], help: "Only what the script prints, and errors.")
    var quiet = false

    @Flag(name: [.short, .long], help: "Also debug records.")
    var verbose = false

    @Option(help: "When to use colours: auto, always or never.")
    var color: ColorChoice = .auto

    func validate() throws {
        if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other") }
    }
}
