using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace HelpDesk.AspNetCore.Http;

/// <summary>Adds to what OpenAPI generators see the bodies and parameters that our endpoints read themselves.</summary>
internal sealed class ApiDescriptions : IApiDescriptionProvider
{
    /// <summary>After the framework's own provider for endpoints.</summary>
    public int Order => -1000;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        foreach (var description in context.Results)
        {
            foreach (var metadata in description.ActionDescriptor.EndpointMetadata)
            {
                if (metadata is ParameterMetadata parameter)
                    AddParameter(description, parameter);
                else if (metadata is BodyMetadata body)
                    AddBody(description, body);
            }
        }
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
    }

    private static void AddParameter(ApiDescription description, ParameterMetadata parameter) => description.ParameterDescriptions.Add(new ApiParameterDescription
    {
        Name = parameter.Name,
        Type = parameter.Type,
        Source = parameter.InHeader ? BindingSource.Header : BindingSource.Query,
        IsRequired = false,
        ModelMetadata = Model(parameter.Type),
        ParameterDescriptor = new ParameterDescriptor { Name = parameter.Name, ParameterType = parameter.Type },
    });

    private static void AddBody(ApiDescription description, BodyMetadata body)
    {
        description.ParameterDescriptions.Add(new ApiParameterDescription
        {
            Name = "body",
            Type = body.Type,
            Source = BindingSource.Body,
            IsRequired = body.IsRequired,
            ModelMetadata = Model(body.Type),
            ParameterDescriptor = new ParameterDescriptor { Name = "body", ParameterType = body.Type },
        });
        description.SupportedRequestFormats.Add(new ApiRequestFormat { MediaType = JsonAnswer.Json });
        if (body.OrForm)
            description.SupportedRequestFormats.Add(new ApiRequestFormat { MediaType = RequestForm.MediaType });
    }

    private static ModelMetadata Model(Type type) => new EmptyModelMetadataProvider().GetMetadataForType(type);
}
