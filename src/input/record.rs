//! What is known of an article when it comes in.

use crate::extraction::{Article, Published};
use crate::value::Date;

/// A text, and what is given beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) text: String,
    pub(super) title: Option<String>,
    pub(super) source: Option<String>,
    pub(super) date: Option<String>,
    pub(super) id: Option<String>,
}

/// What a column, a key or a line of a page's head holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Text,
    Title,
    Source,
    Date,
    Id,
}

impl Field {
    /// The field of a column's name.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = name.trim().trim_start_matches('\u{FEFF}').to_lowercase();
        Some(match name.as_str() {
            "text" | "content" | "body" | "article" | "正文" | "内容" | "全文" | "文本" => {
                Self::Text
            }
            "title" | "headline" | "标题" | "题目" => Self::Title,
            "source" | "outlet" | "publisher" | "media" | "来源" | "媒体" | "出处" => {
                Self::Source
            }
            "date" | "published" | "publish_date" | "time" | "日期" | "时间" | "发布日期"
            | "发布时间" => Self::Date,
            "id" | "doc" | "编号" | "序号" => Self::Id,
            _ => return None,
        })
    }
}

impl Record {
    /// Sets a field; a blank value is none.
    pub(super) fn set(&mut self, field: Field, value: String) {
        if value.trim().is_empty() {
            return;
        }
        match field {
            Field::Text => self.text = value,
            Field::Title => self.title = Some(value.trim().to_owned()),
            Field::Source => self.source = Some(value.trim().to_owned()),
            Field::Date => self.date = Some(value),
            Field::Id => self.id = Some(value.trim().to_owned()),
        }
    }

    /// The article, under its own id or under the one that is given.
    pub(super) fn article(self, id: &str) -> Article {
        let date = self.date.as_deref().and_then(day);
        Article {
            id: self.id.as_deref().unwrap_or(id).into(),
            title: self.title,
            source: self.source,
            date,
            text: self.text.into(),
        }
    }
}

impl From<String> for Record {
    fn from(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }
}

fn day(text: &str) -> Option<Date> {
    let Published { year, month, day } = Published::find(text)?;
    Date::new(year.into(), month?.into(), day?.into()).ok()
}
