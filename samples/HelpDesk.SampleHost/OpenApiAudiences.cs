using Microsoft.AspNetCore.OpenApi;

namespace HelpDesk.SampleHost;

internal static class OpenApiAudiences
{
    /// <summary>Says <c>oneOf</c> where an answer has one of several types: requesters and agents get different ones on the same route.</summary>
    /// <remarks>The generator says <c>anyOf</c>, and names a discriminator that answers without one do not have.</remarks>
    public static OpenApiOptions DescribeAudiences(this OpenApiOptions options) => options.AddSchemaTransformer((schema, context, _) =>
    {
        if (schema.AnyOf is { Count: > 0 } types && context.JsonTypeInfo.PolymorphismOptions?.DerivedTypes.All(type => type.TypeDiscriminator is null) == true)
        {
            schema.OneOf = types;
            schema.AnyOf = null;
            schema.Discriminator = null;
        }

        return Task.CompletedTask;
    });
}
