import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { saveFile } from "../../../browser/save-file.ts";
import { Button } from "../../../components/button.tsx";
import { minorUnits } from "../../../format/money.ts";
import { csvOf } from "../../../browser/csv.ts";
import "./report-table.css";

/** A column: what stands in it, and what a spreadsheet gets. */
export interface ReportColumn<Row> {
  readonly id: string;
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  readonly value: (row: Row) => string | number;
  /** Texts begin at the left, numbers end at the right. */
  readonly isText?: boolean;
}

interface ReportTableProps<Row> {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The first says what a row is about. */
  readonly columns: readonly ReportColumn<Row>[];
  /** The last row, of all. */
  readonly total?: Row;
  /** Of the file for spreadsheets, without its ending. */
  readonly fileName: string;
}

/** Numbers in rows, and the same as a file. */
export function ReportTable<Row>(props: ReportTableProps<Row>) {
  const { title, hint, rows, keyOf, columns, total, fileName } = props;
  const t = useTranslations("officeReports");
  const id = useId();
  const [first, ...others] = columns;
  function save(): void {
    const lines = rows.map((row) => columns.map(({ value }) => value(row)));
    const content = csvOf([columns.map(({ head }) => head), ...lines]);
    saveFile(`${fileName}.csv`, new Blob([content], { type: "text/csv;charset=utf-8" }));
  }
  if (first === undefined) return null;
  const line = (row: Row) => (
    <>
      <th scope="row">{first.cell(row)}</th>
      {others.map((column) => (
        <td key={column.id} className={column.isText === true ? "report-table-text" : undefined}>
          {column.cell(row)}
        </td>
      ))}
    </>
  );
  return (
    <section className="report-table">
      <div className="report-table-head">
        <h2 id={id}>{title}</h2>
        <Button variant="outline" size="small" onClick={save}>
          <span aria-hidden="true">{t("csv")}</span>
          <span className="visually-hidden">{t("csvOf", { table: title })}</span>
        </Button>
      </div>
      {hint === undefined ? null : <p className="report-table-hint">{hint}</p>}
      {/* Wider than a narrow screen: by keys it is scrolled once it has the focus. */}
      <div className="report-table-scroll" role="region" aria-labelledby={id} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column.id}
                  scope="col"
                  className={column.isText === true ? "report-table-text" : undefined}
                >
                  {column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)}>{line(row)}</tr>
            ))}
          </tbody>
          {total === undefined ? null : (
            <tfoot>
              <tr>{line(total)}</tr>
            </tfoot>
          )}
        </table>
      </div>
    </section>
  );
}

/** @returns an amount as a spreadsheet wants it: in whole units of its currency */
export function amountValue(amount: number, currency: string): number {
  return amount / minorUnits(currency);
}
