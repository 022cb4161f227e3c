"""The documents, one module each; every module offers `build() -> Docx`."""

from samples.builder.documents import (
    advert_logistics,
    induction_council,
    jd_accounts_payable,
    jd_hr_partner,
    jd_nurse,
    jd_retail,
    kpi_support,
    policy_charity,
    review_probation,
    review_retail,
    review_signed,
    stelle_softwareentwickler,
)

BUILDERS = (
    jd_nurse.build,
    jd_accounts_payable.build,
    stelle_softwareentwickler.build,
    jd_retail.build,
    review_retail.build,
    review_probation.build,
    review_signed.build,
    kpi_support.build,
    advert_logistics.build,
    jd_hr_partner.build,
    induction_council.build,
    policy_charity.build,
)
