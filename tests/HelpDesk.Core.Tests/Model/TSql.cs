using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace HelpDesk.Model;

internal static class TSql
{
    /// <summary>Fails where SQL Server 2022 could not even read the text.</summary>
    public static void AssertParses(string sql)
    {
        using var reader = new StringReader(sql);
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        Assert.True(errors.Count == 0, string.Join('\n', errors.Select(error => $"{error.Line}:{error.Column} {error.Message}")) + "\n" + sql);
    }
}
