using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>The configured categories, else those that agents take.</summary>
internal sealed class CategoryList(HelpDeskDb db, IOptions<HelpDeskOptions> options) : ICategoryList
{
    private const int Most = 1000;

    public async Task<IReadOnlyList<string>> GetAsync(CancellationToken cancellationToken)
    {
        var configured = options.Value.Categories;
        if (configured.Count > 0)
            return [.. configured.Select(category => category.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)];

        return await db.AgentCategories.AsNoTracking()
            .Select(row => row.Category)
            .Distinct()
            .OrderBy(category => category)
            .Take(Most)
            .ToListAsync(cancellationToken);
    }
}
