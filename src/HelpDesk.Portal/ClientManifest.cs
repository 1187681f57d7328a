using System.Text.Json;

namespace HelpDesk.Portal;

/// <summary>What Vite's manifest says of the first script: names below <see cref="ClientFiles.Folder"/>.</summary>
/// <param name="Script">The first script.</param>
/// <param name="Modules">What it imports at once: the browser is told early.</param>
/// <param name="Styles">Its style sheets.</param>
/// <param name="Languages">The script of the texts of each language.</param>
/// <param name="Icon">The sign for the browser's tab.</param>
internal sealed record ClientManifest(string Script, IReadOnlyList<string> Modules, IReadOnlyList<string> Styles, IReadOnlyDictionary<string, string> Languages, string Icon)
{
    public static ClientManifest Read(JsonElement manifest)
    {
        var entry = manifest.EnumerateObject().Single(chunk => chunk.Value.TryGetProperty("isEntry", out var isEntry) && isEntry.GetBoolean());
        var modules = new List<string>();
        var styles = new List<string>();
        var seen = new HashSet<string>();
        Collect(entry.Name);
        var languages = HelpDeskPortalOptions.Languages.ToDictionary(language => language, language => FileOf($"src/i18n/{language}.ts"));
        return new ClientManifest(FileOf(entry.Name), modules, styles, languages, FileOf("src/app/icon.svg"));

        string FileOf(string key) => NameOf(manifest.GetProperty(key).GetProperty("file"));

        void Collect(string key)
        {
            if (!seen.Add(key))
                return;
            var chunk = manifest.GetProperty(key);
            if (key != entry.Name)
                modules.Add(FileOf(key));
            styles.AddRange(Strings(chunk, "css").Select(style => Path.GetFileName(style)));
            foreach (var import in Strings(chunk, "imports"))
                Collect(import);
        }
    }

    private static string NameOf(JsonElement file) => Path.GetFileName(file.GetString()!);

    private static IEnumerable<string> Strings(JsonElement chunk, string property) =>
        chunk.TryGetProperty(property, out var values) ? values.EnumerateArray().Select(value => value.GetString()!) : [];
}
