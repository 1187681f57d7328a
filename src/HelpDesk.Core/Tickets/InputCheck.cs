namespace HelpDesk.Tickets;

/// <summary>Checks the fields of one command and collects what is wrong with all of them, so that the caller learns it at once.</summary>
internal sealed class InputCheck(HelpDeskOptions options)
{
    private readonly Dictionary<string, string[]> errors = [];

    public string Subject(string? value) => Line("subject", value, options.Limits.SubjectLength);

    public string Title(string? value) => Line("title", value, TicketLimits.SubjectLength);

    public string Body(string? value, string field = "body")
    {
        var body = value?.Trim() ?? "";
        if (body.Length == 0)
            Fail(field, "A text is required.");
        else if (body.Length > options.Limits.BodyLength)
            Fail(field, $"The text has {body.Length} characters; at most {options.Limits.BodyLength} are allowed.");
        else
            Storable(field, body);
        return body;
    }

    /// <summary>A text that accompanies a move: blank is none.</summary>
    public string? Message(string? value) => string.IsNullOrWhiteSpace(value) ? null : Body(value, "message");

    public string? Category(string? value, string field = "category")
    {
        var category = value?.Trim();
        if (string.IsNullOrEmpty(category))
            return null;

        if (category.Length > TicketLimits.CategoryLength)
            Fail(field, $"A category has at most {TicketLimits.CategoryLength} characters.");
        else if (category.Any(char.IsControl))
            Fail(field, "A category cannot hold control characters.");
        else if (!Storable(field, category))
            return null;
        else if (options.Categories.Count > 0)
        {
            var known = options.Categories.FirstOrDefault(name => string.Equals(name.Trim(), category, StringComparison.OrdinalIgnoreCase));
            if (known is null)
                Fail(field, $"There is no such category. Use one of: {string.Join(", ", options.Categories)}.");
            return known?.Trim();
        }

        return category;
    }

    public void Defined<T>(string field, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            Fail(field, $"Use one of: {Words.All<T>()}.");
    }

    public void IdempotencyKey(string? value)
    {
        if (value is not null && (value.Length is 0 or > TicketLimits.KeyLength || value.Any(c => c is < '!' or > '~')))
            Fail("idempotencyKey", "An idempotency key is 1 to 128 visible ASCII characters.");
    }

    public void Attachments(IReadOnlyList<Guid> uploads)
    {
        if (uploads.Count > options.Limits.AttachmentCount)
            Fail("attachments", $"There are {uploads.Count} files; at most {options.Limits.AttachmentCount} are allowed.");
        else if (uploads.Distinct().Count() != uploads.Count)
            Fail("attachments", "A file is named twice.");
    }

    public void Fail(string field, string error) => errors.TryAdd(field, [error]);

    public void ThrowIfWrong()
    {
        if (errors.Count > 0)
            throw new ValidationException(errors);
    }

    private string Line(string field, string? value, int mostCharacters)
    {
        if (!Storable(field, value ?? ""))
            return "";

        var line = TextRules.OneLine(value ?? "");
        if (line.Length == 0)
            Fail(field, $"A {field} is required.");
        else if (line.Length > mostCharacters)
            Fail(field, $"The {field} has {line.Length} characters; at most {mostCharacters} are allowed.");
        return line;
    }

    private bool Storable(string field, string value)
    {
        var storable = TextRules.IsStorable(value);
        if (!storable)
            Fail(field, "The text holds a NUL or half of a surrogate pair, which cannot be stored.");
        return storable;
    }
}
