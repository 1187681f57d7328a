using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using HelpDesk.AspNetCore.Tickets;

namespace HelpDesk.AspNetCore.Http;

/// <summary>The one way in which this API reads and writes JSON. The host's own JSON options do not change the contract.</summary>
internal static class HelpDeskJson
{
    private const int MaxDepth = 32;

    public static readonly JsonSerializerOptions Options = Create();

    public static readonly JsonDocumentOptions DocumentOptions = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            MaxDepth = MaxDepth,
            Converters = { new TimeConverter(), new WordConverterFactory(), new BulkTicketConverter() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>ISO 8601, written in UTC; a time without an offset is taken for UTC, not for the server's zone.</summary>
    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTime(out var time) && reader.TryGetDateTimeOffset(out var exact))
                return time.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(time, TimeSpan.Zero) : exact.ToUniversalTime();
            throw new JsonException("Use a time such as 2026-11-24T08:00:00Z.");
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
    }

    /// <summary>Enumerations by exactly the words of the contract: no numbers, no other letter case, no lists.</summary>
    private sealed class WordConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(WordConverter<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class WordConverter<T> : JsonConverter<T>
        where T : struct, Enum
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (reader.TokenType == JsonTokenType.String ? Words.Parse<T>(reader.GetString()) : null)
            ?? throw new JsonException($"Use one of: {Words.All<T>()}.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Words.Of(value));
    }
}
