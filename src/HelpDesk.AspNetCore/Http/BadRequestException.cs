using Microsoft.AspNetCore.Http;

namespace HelpDesk.AspNetCore.Http;

/// <summary>A request that is wrong as HTTP, before it is a command.</summary>
internal sealed class BadRequestException : Exception
{
    private BadRequestException(int status, string code, string message)
        : base(message)
    {
        Status = status;
        Code = code;
    }

    public int Status { get; }

    public string Code { get; }

    public static BadRequestException Malformed(string detail) => new(StatusCodes.Status400BadRequest, "malformed", detail);

    public static BadRequestException TooLarge(string detail) => new(StatusCodes.Status413PayloadTooLarge, "too_large", detail);

    public static BadRequestException UnsupportedMediaType(bool orForm) => new(
        StatusCodes.Status415UnsupportedMediaType,
        "unsupported_media_type",
        orForm ? "Send the body as application/json in UTF-8, or with files as multipart/form-data." : "Send the body as application/json in UTF-8.");
}
