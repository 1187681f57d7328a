import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { config } from '../app/config';
import { answer, api, type Schemas } from './client';

export type Report = Schemas['ReportResponse'];
export type Times = Schemas['TimesResponse'];
export type Breaches = Schemas['BreachesResponse'];

/** Days as yyyy-MM-dd in UTC, both included. */
export interface Span {
  from: string;
  to: string;
}

export function useReport(span: Span) {
  return useQuery({
    queryKey: ['report', span],
    queryFn: ({ signal }) => answer(api.GET('/reports', { params: { query: { ...span } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** Where the browser fetches the tickets of a span for a spreadsheet. */
export function exportAddress(span: Span): string {
  return `${config.api}/reports/tickets.csv?${new URLSearchParams({ ...span }).toString()}`;
}
