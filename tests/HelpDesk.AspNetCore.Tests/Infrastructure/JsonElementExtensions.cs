using System.Text.Json;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>Short ways to what is in an answer.</summary>
internal static class JsonElementExtensions
{
    /// <summary>The text of a member; null for null.</summary>
    public static string? Text(this JsonElement json, string name) => json.GetProperty(name).GetString();

    /// <summary>The texts of several members.</summary>
    public static IEnumerable<string?> Texts(this JsonElement json, params string[] names) => names.Select(name => json.Text(name));

    /// <summary>The time of a member; null for null.</summary>
    public static DateTimeOffset? Time(this JsonElement json, string name) => json.GetProperty(name) is { ValueKind: not JsonValueKind.Null } time ? time.GetDateTimeOffset() : null;

    /// <summary>What stands under <c>data</c>.</summary>
    public static IReadOnlyList<JsonElement> Data(this JsonElement json) => [.. json.GetProperty("data").EnumerateArray()];

    /// <summary>The id of a ticket's assignee; null for nobody.</summary>
    public static string? Assignee(this JsonElement ticket) => ticket.GetProperty("assignee") is { ValueKind: JsonValueKind.Object } assignee ? assignee.Text("id") : null;
}
