internal import MoonwireCommands

await MoonwireMain.run()
