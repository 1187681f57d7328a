using System.Text.Json;

namespace HelpDesk.AspNetCore.Tests.Contract;

/// <summary>The names of an answer, as <c>id number requester{id name} messages[{id body}]</c>, so that a test reads like the contract.</summary>
internal static class Shape
{
    public static string Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(' ', json.EnumerateObject().Select(property => property.Name + Nested(property.Value)))}}}",
        JsonValueKind.Array => $"[{string.Join(" | ", json.EnumerateArray().Select(Of).Distinct())}]",
        _ => "",
    };

    private static string Nested(JsonElement json) => json.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? Of(json) : "";

    /// <summary>Every string in the answer that stands under a name ending with "At" (or is called "at").</summary>
    public static IEnumerable<string> Times(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property =>
            property.Value.ValueKind == JsonValueKind.String && (property.Name == "at" || property.Name.EndsWith("At", StringComparison.Ordinal))
                ? [property.Value.GetString()!]
                : Times(property.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Times),
        _ => [],
    };
}
