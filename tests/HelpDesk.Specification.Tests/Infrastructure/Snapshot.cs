using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace HelpDesk.Specification.Infrastructure;

/// <summary>Compares a text with the checked-in <c>Name.verified.ext</c> beside the test's source file.</summary>
/// <remarks>
/// File names and rules are those of Verify, so that it can take over by a change of this file alone. A name must be used by
/// one test only: a fact that several classes inherit puts what differs between them, such as the provider, into the name.
/// </remarks>
public static class Snapshot
{
    private const int ContextLines = 3;

    /// <summary>Passes when the texts are equal, line endings and the one at the end of the file apart.</summary>
    /// <param name="actual">What the test has produced.</param>
    /// <param name="name">The file's name up to <c>.verified</c>.</param>
    /// <param name="extension">The file's extension, without a dot.</param>
    /// <param name="sourceFile">Filled in by the compiler; tests/Directory.Build.props keeps it a real path.</param>
    public static void Match(string actual, string name, string extension, [CallerFilePath] string sourceFile = "")
    {
        var folder = Path.GetDirectoryName(sourceFile);
        if (!Directory.Exists(folder))
        {
            Assert.Fail($"The source folder '{folder}' does not exist: snapshots need the tests to run where they were built, and their paths not to be mapped.");
        }

        var verified = Path.Combine(folder, $"{name}.verified.{extension}");
        var received = Path.Combine(folder, $"{name}.received.{extension}");
        var produced = Normalize(actual);
        if (!File.Exists(verified))
        {
            Fail($"The snapshot {Path.GetFileName(verified)} does not exist yet.", produced, received, verified);
        }

        var expected = Normalize(File.ReadAllText(verified));
        if (expected != produced)
        {
            Fail($"The snapshot {Path.GetFileName(verified)} differs from what was produced. {FirstDifference(expected, produced)}", produced, received, verified);
        }

        File.Delete(received);
    }

    [DoesNotReturn]
    private static void Fail(string message, string produced, string received, string verified)
    {
        File.WriteAllText(received, produced + "\n");
        Assert.Fail($"{message}\nTo compare: diff '{verified}' '{received}'\nTo accept:  mv '{received}' '{verified}'");
    }

    private static string Normalize(string text)
    {
        var lines = text.ReplaceLineEndings("\n");
        // Editors and the repository's .editorconfig end a file with one line break; what a test produces may not.
        return lines.EndsWith('\n') ? lines[..^1] : lines;
    }

    private static string FirstDifference(string expected, string produced)
    {
        var before = expected.Split('\n');
        var after = produced.Split('\n');
        var line = 0;
        while (line < before.Length && line < after.Length && before[line] == after[line])
        {
            line++;
        }

        IEnumerable<string> hint =
        [
            $"First at line {line + 1}, - verified, + received:",
            .. before[Math.Max(0, line - ContextLines)..line].Select(text => $"    {text}"),
            .. before[line..Math.Min(before.Length, line + ContextLines)].Select(text => $"  - {text}"),
            .. after[line..Math.Min(after.Length, line + ContextLines)].Select(text => $"  + {text}"),
        ];
        return string.Join('\n', hint);
    }
}
