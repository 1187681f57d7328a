using HelpDesk.AspNetCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Routing;

namespace HelpDesk.AspNetCore.Tests.Authorization;

public sealed class MatrixTests(SharedHost shared) : HelpDeskTest(shared)
{
    private static readonly string[] Callers = [Users.Anonymous, Users.Alice, Users.Bob, Users.Ann, Users.Mia, Users.Root];

    public enum Whose
    {
        Own,
        Foreign,
        Missing,
    }

    public static TheoryData<string, string, Whose> Cells()
    {
        var cells = new TheoryData<string, string, Whose>();
        foreach (var row in EndpointTable.Rows)
        {
            foreach (var caller in Callers)
            {
                foreach (var whose in row.HasTicket || row.HasPart || row.HasMail || row.HasSavedReply || row.HasAgent ? Enum.GetValues<Whose>() : [Whose.Own])
                    cells.Add(row.Route, caller, whose);
            }
        }

        return cells;
    }

    [Fact]
    public void Every_route_of_the_api_stands_in_the_table()
    {
        var routes = Host.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/helpdesk/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                .Select(method => $"{method} {endpoint.RoutePattern.RawText!["/helpdesk".Length..]}"));

        Assert.Equal(EndpointTable.Rows.Select(row => row.Route).Order(), routes.Order());
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Everybody_gets_what_the_table_says(string route, string person, Whose whose)
    {
        var row = EndpointTable.Find(route);
        var caller = await Host.AsAsync(person);
        var path = row.Path(await TicketAsync(row, person, whose), AgentOf(person, whose));

        var answer = await caller.SendAsync(row.Method, path, row.Body);

        var expected = Expected(row, person, whose);
        answer.Is(expected, CodeOf(expected));
        Assert.Equal(expected == 201, answer.Location is not null);
    }

    private static int Expected(EndpointRow row, string person, Whose whose)
    {
        if (person == Users.Anonymous)
            return 401;
        if (row.HasAgent)
            return ExpectedOfAgent(row, person, whose);
        if ((row.HasMail || row.HasSavedReply) && !EndpointTable.IsAgent(person))
            return row.Requester;
        if (whose == Whose.Missing)
            return 404;
        if (EndpointTable.IsAgent(person))
            return whose == Whose.Own && (row.HasTicket || row.HasPart || row.HasSavedReply) ? row.AgentOwn : Permission(row, person);
        return whose == Whose.Own ? row.Requester : row.RequesterForeign;
    }

    /// <summary>Who may not ask learns nothing of whether there is such an agent; and a manager alone is none.</summary>
    private static int ExpectedOfAgent(EndpointRow row, string person, Whose whose)
    {
        var permission = EndpointTable.IsAgent(person) ? Permission(row, person) : row.Requester;
        var exists = whose == Whose.Foreign || (whose == Whose.Own && EndpointTable.IsAssignable(person));
        return permission == 403 || exists ? permission : 404;
    }

    private static int Permission(EndpointRow row, string person) => EndpointTable.IsAssignable(person) ? row.Agent : row.ManagerOnly ?? row.Agent;

    private static string AgentOf(string person, Whose whose) => whose switch
    {
        Whose.Own => Users.Id(person),
        Whose.Foreign => Users.Id(Users.Ben),
        _ => "nobody",
    };

    private static string? CodeOf(int status) => status switch
    {
        401 => "unauthenticated",
        403 => "forbidden",
        404 => "not_found",
        _ => null,
    };

    private async Task<string> TicketAsync(EndpointRow row, string person, Whose whose)
    {
        if (whose == Whose.Missing && (row.HasPart || row.HasMail || row.HasSavedReply))
            return Guid.NewGuid().ToString();
        if (row.HasMail)
            return (row.NeedsFailed ? await Host.FailedMailAsync() : await Host.HeldMailAsync()).ToString();
        if (row.HasSavedReply)
            return await SavedReplyAsync(await Host.AsAsync(whose == Whose.Own && EndpointTable.IsAgent(person) ? person : Users.Ben));
        if (!(row.HasTicket || row.HasPart) || whose == Whose.Missing)
            return "TKT-2026-999999";

        var isOwn = whose == Whose.Own && person != Users.Anonymous;
        var owner = await Host.AsAsync(isOwn ? person : person == Users.Alice ? Users.Bob : Users.Alice);
        if (row.HasFile)
            return await FileAsync(owner);
        var ticket = await owner.OpenAsync();
        if (row.HasMessage)
            return (await Host.MessageByMailAsync(ticket.Id, new TestMail { Html = "<p>Since this morning." })).ToString();
        if (row.NeedsClosed)
            (await owner.PostAsync($"/tickets/{ticket.Id}/close")).Is(200);
        return ticket.Id.ToString();
    }

    private static async Task<string> SavedReplyAsync(Caller owner) =>
        (await owner.PostAsync("/saved-replies", new { title = "Thanks", body = "Thank you." })).Is(201).Json.Text("id")!;

    private static async Task<string> FileAsync(Caller owner)
    {
        var opened = await owner.PostAsync("/tickets", Form.Of(("subject", "S"), ("body", "B")).File("a.txt", "a").ToContent());
        return opened.Is(201).Json.GetProperty("messages")[0].GetProperty("attachments")[0].GetProperty("id").GetString()!;
    }
}
