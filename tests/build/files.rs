//! Files of every usual format, made byte by byte.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

/// An archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .expect("memory can be written");
        archive.write_all(bytes).expect("memory can be written");
    }
    archive
        .finish()
        .expect("memory can be written")
        .into_inner()
}

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// A DOCX file of these paragraphs, each cut into two runs.
pub(crate) fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let mut body = String::new();
    for paragraph in paragraphs {
        let middle = paragraph.floor_char_boundary(paragraph.len() / 2);
        let (left, right) = paragraph.split_at(middle);
        write!(
            body,
            "<w:p><w:r><w:t>{left}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{right}</w:t></w:r></w:p>"
        )
        .expect("writing to a string");
    }
    let document = format!(
        "{XML}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    let types = format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
    );
    archive(&[
        ("[Content_Types].xml", types.as_bytes()),
        (
            "_rels/.rels",
            relations("officeDocument", "word/document.xml").as_bytes(),
        ),
        ("word/document.xml", document.as_bytes()),
    ])
}

fn relations(kind: &str, target: &str) -> String {
    format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
    )
}

/// An XLSX file with one sheet of these rows.
pub(crate) fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    let mut cells = String::new();
    for (row, values) in (1..).zip(rows) {
        write!(cells, "<row r=\"{row}\">").expect("writing to a string");
        for (column, value) in ('A'..).zip(*values) {
            write!(
                cells,
                "<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{value}</t></is></c>"
            )
            .expect("writing to a string");
        }
        cells.push_str("</row>");
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let sheet =
        format!("{XML}<worksheet xmlns=\"{main}\"><sheetData>{cells}</sheetData></worksheet>");
    let book = format!(
        "{XML}<workbook xmlns=\"{main}\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"文章\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    archive(&[
        (
            "_rels/.rels",
            relations("officeDocument", "xl/workbook.xml").as_bytes(),
        ),
        ("xl/workbook.xml", book.as_bytes()),
        (
            "xl/_rels/workbook.xml.rels",
            relations("worksheet", "worksheets/sheet1.xml").as_bytes(),
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// A DOCX file whose document unpacks to more than anything should.
pub(crate) fn bomb() -> Vec<u8> {
    let zeros = vec![b' '; 300 << 20];
    archive(&[("word/document.xml", &zeros)])
}

/// A PDF file with one page of these lines, in a font that tells which characters its glyphs are.
pub(crate) fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut page = String::from("BT /F1 12 Tf 50 780 Td 14 TL\n");
    for line in lines {
        let codes: String = line
            .encode_utf16()
            .map(|unit| format!("{unit:04X}"))
            .collect();
        writeln!(page, "<{codes}> Tj T*").expect("writing to a string");
    }
    page.push_str("ET");
    let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n\
               1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
               1 beginbfrange <0000> <FFFF> <0000> endbfrange\n\
               endcmap end end";
    let stream = |text: &str| format!("<< /Length {} >> stream\n{text}\nendstream", text.len());
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        stream(&page),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 8 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor 7 0 R >>".to_owned(),
        "<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>".to_owned(),
        stream(map),
    ];
    let mut file = String::from("%PDF-1.5\n");
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        writeln!(file, "{number} 0 obj\n{object}\nendobj").expect("writing to a string");
    }
    let start = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1)
        .expect("writing to a string");
    for place in places {
        writeln!(file, "{place:010} 00000 n ").expect("writing to a string");
    }
    write!(
        file,
        "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    )
    .expect("writing to a string");
    file.into_bytes()
}
