//! By which names labels and relationship types are shown.

/// Which names of labels and relationship types people are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Names {
    /// The identifiers that a query uses: `District`, `LOCATED_IN`.
    #[default]
    Identifiers,
    /// The Chinese display names of the ontology, and the identifier where it has none: `区县`, `位于`.
    Chinese,
}

impl Names {
    /// The name of a label.
    #[must_use]
    pub fn label(self, label: &str) -> &str {
        match self {
            Self::Identifiers => label,
            Self::Chinese => chinese_label(label).unwrap_or(label),
        }
    }

    /// The name of a relationship type.
    #[must_use]
    pub fn relationship_type(self, relationship_type: &str) -> &str {
        match self {
            Self::Identifiers => relationship_type,
            Self::Chinese => chinese_type(relationship_type).unwrap_or(relationship_type),
        }
    }
}

fn chinese_label(label: &str) -> Option<&'static str> {
    Some(match label {
        "Region" => "地区",
        "Province" => "省",
        "City" => "市",
        "District" => "区县",
        "Zone" => "功能区",
        "Enterprise" => "企业",
        "Cluster" => "产业",
        "Policy" => "政策",
        "Park" => "园区",
        "Organization" => "机构",
        "Facility" => "设施",
        "Fund" => "基金",
        "Event" => "活动",
        "Person" => "人物",
        "Document" => "文献",
        "Indicator" => "指标",
        _ => return None,
    })
}

fn chinese_type(relationship_type: &str) -> Option<&'static str> {
    Some(match relationship_type {
        "LOCATED_IN" => "位于",
        "FOCUSES_ON" => "聚焦",
        "IN_CLUSTER" => "属于产业",
        "PART_OF" => "组成",
        "ISSUED" => "发布",
        "OPERATES" => "建设运营",
        "HOSTED" => "举办",
        "ATTENDED" => "参加",
        "LEADS" => "任职",
        "COOPERATES_WITH" => "合作",
        "HAS_INDICATOR" => "指标",
        "MENTIONS" => "提及",
        _ => return None,
    })
}
